"""Compiles one reply template that can do nothing but print the names it was allowed.

Jinja's sandbox alone lets `{{ 'a' * 10**9 }}` fill the memory and calls methods of what it is handed. So every
template is first read as a syntax tree, and whatever is not plain text, a name or a harmless filter is refused.
"""

from collections.abc import Callable, Mapping

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from repmon.errors import DraftError

MAX_LENGTH = 1000
FILTERS = frozenset({"capitalize", "lower", "trim", "upper"})
Render = Callable[[Mapping[str, str]], str]

# Plain text goes out, not HTML: the page that shows a draft escapes it.
_environment = ImmutableSandboxedEnvironment(autoescape=False, undefined=StrictUndefined)


def compile_template(source: str, allowed: frozenset[str], file: str, line: int) -> Render:
    """Make a function from values to text; DraftError with file and line for anything beyond `{{ allowed_name }}`."""
    check(source, allowed, file, line)
    template = _environment.from_string(source)
    return lambda values: template.render({name: values[name] for name in allowed})


def check(source: str, allowed: frozenset[str], file: str, line: int) -> None:
    """DraftError unless the template only prints allowed names; `line` is where it begins in `file`."""
    if len(source) > MAX_LENGTH:
        raise DraftError("template_too_long", file=file, line=line, longest=MAX_LENGTH)
    try:
        tree = _environment.parse(source)
    except TemplateSyntaxError as error:
        at = line + error.lineno - 1
        raise DraftError("template_broken", file=file, line=at, problem=error.message) from error
    except RecursionError as error:
        raise DraftError("template_broken", file=file, line=line, problem="nested too deeply") from error
    for node in tree.body:
        _check_node(node, allowed, file, line)


def _check_node(node: nodes.Node, allowed: frozenset[str], file: str, line: int) -> None:
    if isinstance(node, nodes.Name):
        if node.name not in allowed:
            _refuse(f"{{{{ {node.name} }}}}", node, allowed, file, line)
    elif isinstance(node, nodes.Filter):
        if node.name not in FILTERS or node.args or node.kwargs or node.dyn_args or node.dyn_kwargs:
            _refuse(f"the filter {node.name}", node, allowed, file, line)
    elif not isinstance(node, nodes.Output | nodes.TemplateData):
        _refuse(type(node).__name__.lower(), node, allowed, file, line)
    for child in node.iter_child_nodes():
        _check_node(child, allowed, file, line)


def _refuse(what: str, node: nodes.Node, allowed: frozenset[str], file: str, line: int) -> None:
    names = ", ".join(sorted(allowed)) or "-"
    raise DraftError("template_refused", file=file, line=line + node.lineno - 1, what=what, allowed=names)
