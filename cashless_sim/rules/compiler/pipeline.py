"""A numba pipeline that promises LLVM that no two arrays overlap; the model checks the promise."""

from __future__ import annotations

from typing import Any

from numba.core.compiler import CompilerBase, DefaultPassBuilder


class NoAlias(CompilerBase):
    """The ordinary nopython pipeline with array arguments declared not to alias."""

    def define_pipelines(self) -> list[Any]:
        """Set the flag and return the ordinary pipeline."""
        self.state.flags.noalias = True
        return [DefaultPassBuilder.define_nopython_pipeline(self.state)]
