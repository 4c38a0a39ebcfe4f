"""Mutants that say nothing about the tests: they are counted apart, whether a test noticed them or not."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Mapping

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def only_words(before: str, after: str) -> bool:
    """Say whether two variants of a function differ in nothing but the wording of sentences.

    A sentence is a text with a space in it: codes, states and names of fields have none.
    """
    first, second = _texts(before), _texts(after)
    if first.shape != second.shape:
        return False
    changed = [one for one, other in zip(first.found, second.found, strict=True) if one != other]
    return bool(changed) and all(" " in text.strip() for text in changed)


class _Blanked(ast.NodeTransformer):
    """Takes every text out of a tree and keeps it aside."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.shape = ""

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        if not isinstance(node.value, str):
            return node
        self.found.append(node.value)
        return ast.copy_location(ast.Constant(""), node)


def _texts(source: str) -> _Blanked:
    blanked = _Blanked()
    blanked.shape = ast.dump(blanked.visit(ast.parse(textwrap.dedent(source))))
    return blanked


def built_at_import(source: str) -> set[str]:
    """Return the functions that only the module itself calls, while it is imported.

    Its tables stand when mutmut puts a mutant into place, so that a mutant in there survives whatever the
    tests say. Only private ones: another module may call the others later.
    """
    tree = ast.parse(source)
    private = {
        node.name: node
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("_")
    }
    later = _kept_for_later(tree, private)
    while more := {name for each in later & private.keys() for name in _names(private[each])} - later:
        later |= more
    return private.keys() - later


def _kept_for_later(tree: ast.AST, private: Mapping[str, ast.AST]) -> set[str]:
    """Return the names in bodies of functions, and those that a table only mentions without calling them."""
    found: set[str] = set()
    for node in ast.iter_child_nodes(tree):
        if node in private.values():
            continue
        if isinstance(node, FUNCTIONS):
            found |= _names(node)
            continue
        called = node.func if isinstance(node, ast.Call) else None
        found |= {
            each.id for each in ast.iter_child_nodes(node) if isinstance(each, ast.Name) and each != called
        }
        found |= _kept_for_later(node, private)
    return found


def _names(node: ast.AST) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
