#!/usr/bin/env bash
# Packs the package, installs the tarball in an empty project, and runs what a user would run first.
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

tarball="$(cd "$root" && npm pack --silent --ignore-scripts --pack-destination "$work")"
cd "$work"
npm init -y > /dev/null
npm install --silent --no-fund --no-audit "./$tarball"
npx --no-install churnlab --version
npx --no-install churnlab demo --accounts 600 --quiet --out demo > /dev/null
test -s demo/model/report.html
node -e "const { train, VERSION } = require('churnlab'); if (typeof train !== 'function') process.exit(1); console.log('require works,', VERSION)"
node --input-type=module -e "import { train } from 'churnlab'; if (typeof train !== 'function') process.exit(1); console.log('import works')"
npx --no-install churnlab notebooks doctor
mkdir notebooks
cp "$root/notebooks/01-meet-the-data.ipynb" notebooks
npx --no-install churnlab notebooks check notebooks/01-meet-the-data.ipynb
