#!/bin/sh
# Has a Chromium and fonts for Korean and emoji installed, or says that tests in the browser will be skipped.
set -eu
cd "$(dirname "$0")/.."
FONTS=/usr/share/fonts
has_fonts() { [ -e $FONTS/opentype/noto/NotoSansCJK-Regular.ttc ] && [ -e $FONTS/truetype/noto/NotoColorEmoji.ttf ]; }
if [ -x /usr/bin/chromium ] && [ -x /usr/bin/chromium-headless-shell ] && has_fonts; then
    exit 0
fi
# The shell is the same engine without a window around it: the tests take a third less time. Any Chromium will do.
PACKAGES="chromium fonts-noto-cjk fonts-noto-color-emoji"
if sh scripts/apt.sh $PACKAGES chromium-headless-shell || sh scripts/apt.sh $PACKAGES; then
    exit 0
fi
if ! [ -x /usr/bin/chromium ] || ! has_fonts; then
    echo "*******************************************************************************" >&2
    echo "크로미움이나 한글 글꼴이 없어 브라우저 시험을 건너뛰어요." >&2
    echo "No Chromium or Korean fonts: THE TESTS IN A REAL BROWSER WILL BE SKIPPED. Install" >&2
    echo "  apt-get install $PACKAGES" >&2
    echo "*******************************************************************************" >&2
fi
