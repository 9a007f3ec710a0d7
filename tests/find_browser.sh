#!/bin/sh
# Have a Chromium for the browser tests: an installed one, else Debian's package where we may, else Playwright's own.
# Where none can be had the tests say loudly how many of them did not run; this script never fails.
playwright=$1
for name in chromium chromium-browser google-chrome google-chrome-stable; do
  command -v "$name" >/dev/null 2>&1 && exit 0
done
[ -n "$QUARTERDECK_CHROMIUM" ] && exit 0
if command -v apt-get >/dev/null 2>&1; then
  if [ "$(id -u)" -eq 0 ]; then as_root=; elif sudo -n true 2>/dev/null; then as_root=sudo; else as_root=no; fi
  if [ "$as_root" != no ]; then
    echo "Installing Debian's Chromium for the browser tests."
    $as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq chromium >/dev/null &&
      command -v chromium >/dev/null && exit 0
  fi
fi
ls "${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}"/chromium-* >/dev/null 2>&1 && exit 0
echo "Fetching Playwright's own Chromium for the browser tests."
"$playwright" install chromium >/dev/null 2>&1 ||
  echo "NO BROWSER could be had: the browser tests will not run. Install chromium and run make test again." >&2
exit 0
