#!/bin/sh
# Has Chromium and fonts for Korean and emoji installed, or says that tests in the browser will be skipped.
set -eu
cd "$(dirname "$0")/.."
if [ -x /usr/bin/chromium ] && [ -e /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc ] && [ -e /usr/share/fonts/truetype/noto/NotoColorEmoji.ttf ]; then
    exit 0
fi
if ! sh scripts/apt.sh chromium fonts-noto-cjk fonts-noto-color-emoji; then
    echo "*******************************************************************************" >&2
    echo "크로미움이나 한글 글꼴이 없어 브라우저 시험을 건너뛰어요." >&2
    echo "No Chromium or Korean fonts: THE TESTS IN A REAL BROWSER WILL BE SKIPPED. Install" >&2
    echo "  apt-get install chromium fonts-noto-cjk fonts-noto-color-emoji" >&2
    echo "*******************************************************************************" >&2
fi
