"""What Jupyter's own libraries write: a notebook file and a signed message.

Needs nbformat 5 and jupyter_client 8; run from the repository's root:
    python test/references/jupyter.py
"""

import json
from pathlib import Path

import nbformat
from jupyter_client.session import Session
from nbformat import v4

here = Path(__file__).parent

notebook = v4.new_notebook(
    metadata={
        "kernelspec": {"display_name": "TypeScript", "language": "typescript", "name": "tslab"},
        "custom": {"zeta": 1, "alpha": [1.5, None, True]},
    },
    cells=[
        v4.new_markdown_cell(
            "# Größe\n\nline two  \n",
            id="aaaa0001",
            attachments={"dot.png": {"image/png": "iVBORw0KGgo="}},
        ),
        v4.new_code_cell(
            "const a = 1;\na",
            id="aaaa0002",
            execution_count=1,
            outputs=[
                v4.new_output("stream", name="stdout", text="1\nno newline"),
                v4.new_output("stream", name="stderr", text="warn\n"),
                v4.new_output("display_data", data={"image/svg+xml": "<svg>\n</svg>", "text/plain": "a\n\nb\n"}),
                v4.new_output("display_data", data={"application/json": {"b": ["x\n"], "a": "y\nz"}}),
                v4.new_output("execute_result", data={"text/html": "<b>\n"}, execution_count=1),
                v4.new_output("error", ename="TypeError", evalue="no", traceback=["one", "two"]),
            ],
        ),
        v4.new_code_cell("", id="aaaa0003"),
        v4.new_raw_cell("raw", id="aaaa0004", metadata={"tags": ["x"]}),
    ],
)
nbformat.validate(notebook)
nbformat.write(notebook, here.parent / "notebooks" / "fixtures" / "written-by-nbformat.ipynb")

session = Session(key=b"a key", session="s", username="u")
frames = session.serialize(session.msg("execute_request", {"code": "1 + 1  // ü"}), ident=[b"router"])
(here / "jupyter.json").write_text(json.dumps({"key": "a key", "frames": [f.decode() for f in frames]}, indent=1) + "\n")
