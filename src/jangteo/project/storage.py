"""Static files under names that carry their content's hash, so that browsers keep them for a year."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStatic(CompressedManifestStaticFilesStorage):
    """Also rewrites the relative imports between our ES modules to the hashed names."""

    support_js_module_import_aggregation = True
