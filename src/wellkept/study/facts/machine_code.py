"""Small functions over whole numbers and memory, as machine code within a third of a second.

Numba would do it too, but takes a second to be loaded and seven to compile what is compiled here.
What a function may hold: assignments, `if`, `while`, `for … in range`, `return`; arithmetic,
comparisons, `and` and `or`; numbers that its module names; the functions below, and others that
are compiled with it. Every number has 64 bits and a sign, and wraps around; `//` and `%` are those
of C, which are those of Python where nothing is negative; `>>` brings in zeros.
"""

import ast
import ctypes
import inspect
import operator
import textwrap
from collections.abc import Callable, Mapping, Sequence
from threading import Lock
from typing import Any

import llvmlite.binding as llvm
from llvmlite import ir

from wellkept.study.facts.kept_code import KeptCode

BIT, BYTE, INT, LONG = (ir.IntType(width) for width in (1, 8, 32, 64))
NOTHING = ir.Constant(LONG, 0)
MOST = 1 << 64


def byte(at: int) -> int:
    """This will read one byte of memory, 0 to 255."""
    return ctypes.c_uint8.from_address(at).value


def four(at: int) -> int:
    """This will read four bytes of memory as a number with a sign."""
    return ctypes.c_int32.from_address(at).value


def eight(at: int) -> int:
    """This will read eight bytes of memory, wherever they begin, as a number with a sign."""
    return ctypes.c_int64.from_address(at).value


def put_byte(at: int, value: int) -> None:
    """This will write the lowest byte of a number."""
    ctypes.c_uint8.from_address(at).value = value


def put_four(at: int, value: int) -> None:
    """This will write the four lowest bytes of a number."""
    ctypes.c_int32.from_address(at).value = value


def put_eight(at: int, value: int) -> None:
    """This will write a number."""
    ctypes.c_int64.from_address(at).value = value


def int_of(function: int, of: int) -> int:
    """This will call a function of C by its address; it takes a pointer and gives an int."""
    return int(ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int64)(function)(of))


def long_of(function: int, of: int) -> int:
    """This will call a function of C that takes a pointer and gives a pointer, or 64 bits."""
    return int(ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_int64)(function)(of))


def part_of(function: int, of: int, place: int) -> int:
    """This will call a function of C that takes a pointer and an int, and gives a pointer."""
    return int(ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_int64, ctypes.c_int)(function)(of, place))


def row_of(function: int, of: int, into: int, how: int) -> int:
    """This will call a function of C that takes two pointers and an int, and gives an int."""
    shape = (ctypes.c_int, ctypes.c_int64, ctypes.c_int64, ctypes.c_int)
    return int(ctypes.CFUNCTYPE(*shape)(function)(of, into, how))


def read_of(function: int, of: int, into: int, size: int, begin: int) -> int:
    """This will call a function of C that takes two pointers, an int and 64 bits; gives an int."""
    shape = (ctypes.c_int, ctypes.c_int64, ctypes.c_int64, ctypes.c_int, ctypes.c_int64)
    return int(ctypes.CFUNCTYPE(*shape)(function)(of, into, size, begin))


READS = {byte: BYTE, four: INT, eight: LONG}
WRITES = {put_byte: BYTE, put_four: INT, put_eight: LONG}
CALLS: Mapping[Callable[..., Any], tuple[ir.IntType, ...]] = {
    int_of: (INT, LONG),
    long_of: (LONG, LONG),
    part_of: (LONG, LONG, INT),
    row_of: (INT, LONG, LONG, INT),
    read_of: (INT, LONG, LONG, INT, LONG),
}
ARITHMETIC: Mapping[type[ast.AST], str] = {
    ast.Add: "add", ast.Sub: "sub", ast.Mult: "mul", ast.FloorDiv: "sdiv", ast.Mod: "srem",
    ast.BitAnd: "and_", ast.BitOr: "or_", ast.BitXor: "xor", ast.LShift: "shl", ast.RShift: "lshr",
}  # fmt: skip
COMPARED: Mapping[type[ast.AST], str] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip


class NotTranslated(TypeError):
    """Raised where a function holds what cannot be turned into machine code here."""


class _Function:
    """One function on its way into machine code; its names live on the stack until LLVM sees."""

    def __init__(self, module: ir.Module, function: Callable[..., Any], *, entry: bool) -> None:
        self.names: Mapping[str, Any] = function.__globals__
        self.module = module
        (source,) = ast.parse(textwrap.dedent(inspect.getsource(function))).body
        assert isinstance(source, ast.FunctionDef)
        given = [one.arg for one in source.args.args]
        shape = ir.FunctionType(LONG, [LONG] * len(given))
        made = ir.Function(module, shape, function.__name__)
        if not entry:
            made.linkage = "internal"
            made.attributes.add("alwaysinline")
        self.first = ir.IRBuilder(made.append_basic_block())
        self.made, self.builder = made, ir.IRBuilder(made.append_basic_block())
        begun, self.places = self.builder.block, dict[str, Any]()
        for name, value in zip(given, made.args, strict=True):
            self.put(name, value)
        self.block(source.body)
        if not self.builder.block.is_terminated:
            self.builder.ret(NOTHING)
        self.first.branch(begun)

    def put(self, name: str, value: Any) -> None:
        if name not in self.places:
            self.places[name] = self.first.alloca(LONG, name=name)
        self.builder.store(value, self.places[name])

    # Statements

    def block(self, body: list[ast.stmt]) -> None:
        for one in body:
            getattr(self, f"do_{type(one).__name__}", self.refuse)(one)

    def refuse(self, node: ast.AST) -> Any:
        raise NotTranslated(f"{self.made.name}: {ast.unparse(node)}")

    def do_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):
            self.value(node.value)

    def do_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is None:
            self.refuse(node)
        else:
            self.assign(node.target, node.value)

    def do_Assign(self, node: ast.Assign) -> None:
        for target in node.targets:
            self.assign(target, node.value)

    def assign(self, target: ast.expr, value: ast.expr) -> None:
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            found = [self.value(one) for one in value.elts]
            for one, what in zip(target.elts, found, strict=True):
                self.put(_name(one), what)
        elif isinstance(target, ast.Name):
            self.put(target.id, self.value(value))
        else:
            self.refuse(target)

    def do_AugAssign(self, node: ast.AugAssign) -> None:
        changed = ast.BinOp(ast.Name(_name(node.target)), node.op, node.value)
        self.put(_name(node.target), self.value(changed))

    def do_Return(self, node: ast.Return) -> None:
        self.builder.ret(NOTHING if node.value is None else self.value(node.value))

    def do_If(self, node: ast.If) -> None:
        yes, no, after = (self.made.append_basic_block() for _ in range(3))
        self.builder.cbranch(self.truth(node.test), yes, no)
        for begun, body in ((yes, node.body), (no, node.orelse)):
            self.builder.position_at_end(begun)
            self.block(body)
            if not self.builder.block.is_terminated:
                self.builder.branch(after)
        self.builder.position_at_end(after)

    def do_While(self, node: ast.While) -> None:
        self.loop(lambda: self.truth(node.test), lambda: self.block(node.body))

    def do_For(self, node: ast.For) -> None:
        if not (isinstance(node.iter, ast.Call) and _name(node.iter.func) == "range"):
            self.refuse(node)
            return
        begin, end = ([NOTHING] + [self.value(one) for one in node.iter.args])[-2:]
        name, counted = _name(node.target), f"{_name(node.target)}, counted {node.lineno}"
        self.put(counted, begin)

        def body() -> None:
            count = self.builder.load(self.places[counted])
            self.put(name, count)
            self.put(counted, self.builder.add(count, ir.Constant(LONG, 1)))
            self.block(node.body)

        def goes_on() -> Any:
            return self.builder.icmp_signed("<", self.builder.load(self.places[counted]), end)

        self.loop(goes_on, body)

    def loop(self, goes_on: Callable[[], Any], body: Callable[[], None]) -> None:
        test, within, after = (self.made.append_basic_block() for _ in range(3))
        self.builder.branch(test)
        self.builder.position_at_end(test)
        self.builder.cbranch(goes_on(), within, after)
        self.builder.position_at_end(within)
        body()
        if not self.builder.block.is_terminated:
            self.builder.branch(test)
        self.builder.position_at_end(after)

    # Values

    def value(self, node: ast.AST) -> Any:
        """A number; a truth is 1 or 0."""
        return getattr(self, f"of_{type(node).__name__}", self.refuse)(node)

    def truth(self, node: ast.AST) -> Any:
        return self.builder.icmp_signed("!=", self.value(node), NOTHING)

    def of_Constant(self, node: ast.Constant) -> Any:
        return self.constant(node, node.value)

    def of_Name(self, node: ast.Name) -> Any:
        if node.id in self.places:
            return self.builder.load(self.places[node.id])
        return self.constant(node, self.names.get(node.id))

    def constant(self, node: ast.AST, number: Any) -> Any:
        try:
            whole = operator.index(number) % MOST
        except TypeError:
            return self.refuse(node)
        return ir.Constant(LONG, whole - MOST if whole >= MOST // 2 else whole)

    def of_UnaryOp(self, node: ast.UnaryOp) -> Any:
        if isinstance(node.op, ast.Not):
            return self.builder.zext(self.builder.not_(self.truth(node.operand)), LONG)
        if isinstance(node.op, ast.USub):
            return self.builder.neg(self.value(node.operand))
        return self.refuse(node)

    def of_BinOp(self, node: ast.BinOp) -> Any:
        how = ARITHMETIC.get(type(node.op))
        if how is None:
            return self.refuse(node)
        return getattr(self.builder, how)(self.value(node.left), self.value(node.right))

    def of_Compare(self, node: ast.Compare) -> Any:
        how = COMPARED.get(type(node.ops[0]))
        if how is None or len(node.ops) > 1:
            return self.refuse(node)
        left, right = self.value(node.left), self.value(node.comparators[0])
        return self.builder.zext(self.builder.icmp_signed(how, left, right), LONG)

    def of_BoolOp(self, node: ast.BoolOp) -> Any:
        """What follows is only looked at where what went before leaves it open."""
        decides = isinstance(node.op, ast.Or)
        after, ways = self.made.append_basic_block(), []
        for one in node.values[:-1]:
            rest = self.made.append_basic_block()
            found = self.truth(one)
            ways.append((ir.Constant(BIT, decides), self.builder.block))
            self.builder.cbranch(found, *((after, rest) if decides else (rest, after)))
            self.builder.position_at_end(rest)
        last = self.truth(node.values[-1])
        ways.append((last, self.builder.block))
        self.builder.branch(after)
        self.builder.position_at_end(after)
        joined = self.builder.phi(BIT)
        for found, block in ways:
            joined.add_incoming(found, block)
        return self.builder.zext(joined, LONG)

    def of_IfExp(self, node: ast.IfExp) -> Any:
        """Both are reckoned, so neither may read memory that is not there."""
        test, yes, no = self.truth(node.test), self.value(node.body), self.value(node.orelse)
        return self.builder.select(test, yes, no)

    def of_Call(self, node: ast.Call) -> Any:
        called: Any = self.names.get(_name(node.func))
        given = [self.value(one) for one in node.args]
        if called in READS:
            kind = READS[called]
            found = self.builder.load(self._at(given[0], kind), align=1)
            return found if kind is LONG else self._widened(found, signed=kind is INT)
        if called in WRITES:
            kind = WRITES[called]
            value = given[1] if kind is LONG else self.builder.trunc(given[1], kind)
            self.builder.store(value, self._at(given[0], kind), align=1)
            return NOTHING
        if called in CALLS:
            return self._call_of_c(CALLS[called], given)
        inner = self.module.globals.get(_name(node.func))
        return self.refuse(node) if inner is None else self.builder.call(inner, given)

    def _call_of_c(self, kinds: tuple[ir.IntType, ...], given: list[Any]) -> Any:
        gives, *takes = kinds
        at = self.builder.inttoptr(given[0], ir.FunctionType(gives, takes).as_pointer())
        fitted = [
            one if kind is LONG else self.builder.trunc(one, kind)
            for one, kind in zip(given[1:], takes, strict=True)
        ]
        found = self.builder.call(at, fitted)
        return found if gives is LONG else self._widened(found, signed=True)

    def _widened(self, found: Any, *, signed: bool) -> Any:
        return self.builder.sext(found, LONG) if signed else self.builder.zext(found, LONG)

    def _at(self, address: Any, kind: ir.IntType) -> Any:
        return self.builder.inttoptr(address, kind.as_pointer())


def _name(node: ast.AST) -> str:
    if not isinstance(node, ast.Name):
        raise NotTranslated(ast.unparse(node))
    return node.id


_kept: list[Any] = []
"""What holds the code that was made, as long as the process lives."""
_one_at_a_time = Lock()
"""Two threads of Python 3.11 cannot both turn a text into its tree."""


def machine_code(entry: Callable[[int], int], *others: Callable[..., Any]) -> Callable[[int], int]:
    """This will compile a function of one number; others that it calls become part of it.

    Of `others` each may call those before it. Python's lock is released while the code runs. The
    code is kept beside Python's own of the module. Raises NotTranslated.
    """
    with _one_at_a_time:
        llvm.initialize_native_target()
        llvm.initialize_native_asmprinter()
        machine = llvm.Target.from_default_triple().create_target_machine(
            cpu=llvm.get_host_cpu_name(), features=llvm.get_host_cpu_features().flatten(), opt=2
        )
        kept = KeptCode(entry, others)
        code = kept.read()
        if code is None:
            code = machine.emit_object(_compiled(entry, others, machine))
            kept.write(code)
        holder = llvm.create_mcjit_compiler(llvm.parse_assembly(""), machine)
        holder.add_object_file(llvm.ObjectFileRef.from_data(code))
        holder.finalize_object()
        _kept.append(holder)
        shape = ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_int64)
        return shape(holder.get_function_address(entry.__name__))


def _compiled(
    entry: Callable[..., Any], others: Sequence[Callable[..., Any]], machine: Any
) -> llvm.ModuleRef:
    module = ir.Module(entry.__name__)
    for one in (*others, entry):
        _Function(module, one, entry=one is entry)
    made = llvm.parse_assembly(str(module))
    made.verify()
    how = llvm.create_pass_builder(machine, llvm.create_pipeline_tuning_options(speed_level=2))
    how.getModulePassManager().run(made, how)
    return made
