"""Runs a notebook with its own kernel through nbclient and writes it, valid, elsewhere: run_notebook.py FROM TO."""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

source, target = map(Path, sys.argv[1:])
notebook = nbformat.read(source, as_version=nbformat.NO_CONVERT)
nbformat.validate(notebook)
client = NotebookClient(notebook, timeout=600, resources={"metadata": {"path": str(source.parent)}})
client.execute()
nbformat.validate(notebook)
nbformat.write(notebook, target)
cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
print(f"{len(cells)} cells ran with the kernel {notebook.metadata.kernelspec.name}")
