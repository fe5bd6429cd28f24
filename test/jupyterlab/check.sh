#!/usr/bin/env bash
# Notebooks in a real JupyterLab: the kernel that `churnlab notebooks install` registers is found, notebook 4 runs
# through nbclient and gives the committed outputs, and runs through the browser's menus with its charts drawn.
# Needs python3 with venv, a built `dist` and Chromium (CHROMIUM names it); says so and ends well where Python lacks.
# Usage: check.sh [FOLDER]: where the environment and the screenshot go; an environment that is there is used again.
set -euo pipefail
cd "$(dirname "$0")/../.."

if ! python3 -m venv --help > /dev/null 2>&1; then
  echo 'skipped: JupyterLab needs python3 with venv, found none'
  exit 0
fi

folder="${1:-$(mktemp -d)}"
environment="$folder/jupyter"
if [ ! -x "$environment/bin/jupyter-lab" ]; then
  python3 -m venv "$environment"
  if ! "$environment/bin/pip" install --quiet 'jupyterlab>=4.4,<5' 'nbclient>=0.10' 'nbformat>=5.10'; then
    echo 'skipped: JupyterLab cannot be installed here'
    exit 0
  fi
fi
churnlab() { node dist/cli/main.js "$@"; }

echo '-- the kernel is registered and found'
churnlab notebooks install --prefix "$environment"
"$environment/bin/jupyter" kernelspec list | grep churnlab

# Copies, far from any node_modules: what cells import comes from this installation.
rm -rf "$folder/notebooks"
cp -r notebooks "$folder/notebooks"
notebook=04-train-and-judge.ipynb

echo '-- nbclient runs notebook 4, with the committed outputs'
"$environment/bin/python" test/jupyterlab/run_notebook.py "$folder/notebooks/$notebook" "$folder/executed.ipynb"
churnlab notebooks diff "notebooks/$notebook" "$folder/executed.ipynb"

echo '-- the browser runs it, and draws'
node test/jupyterlab/browser.mjs "$environment" "$folder/notebooks" "$notebook" "$folder/jupyterlab.png"
echo "JupyterLab: all well; screenshot: $folder/jupyterlab.png"
