from __future__ import annotations

from jangteo.kernel.errors import Refused


class CampaignsRefused(Refused):
    code = "campaigns.refused"


class NothingToSay(CampaignsRefused):
    """Facts: most."""

    code = "campaigns.nothing_to_say"


class NobodyToTell(CampaignsRefused):
    """Nobody of them may be written to now."""

    code = "campaigns.nobody_to_tell"


class NotWhilePractising(CampaignsRefused):
    """Nothing leaves a market that people practise in."""

    code = "campaigns.practice"


class CampaignOver(CampaignsRefused):
    """It is sent or stopped already."""

    code = "campaigns.over"


class NoSuchWay(CampaignsRefused):
    """A segment, a channel or a good that is not there."""

    code = "campaigns.no_such_way"


class NoTestPossible(CampaignsRefused):
    """Nobody sends texts, or there is no number to send one to."""

    code = "campaigns.no_test"


class TemplateIncomplete(CampaignsRefused):
    code = "campaigns.template_incomplete"


class LinkMadeUp(CampaignsRefused):
    code = "campaigns.link_made_up"
