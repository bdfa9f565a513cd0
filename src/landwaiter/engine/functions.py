"""Which words may a step use? Those that give the same rows on every engine; the others are named with the reason."""

# The shapes of a query, by the name of sqlglot's node. What is not here or in FUNCTIONS is refused.
# fmt: off
SHAPES = frozenset({
    "Select", "From", "Table", "TableAlias", "Join", "Where", "Group", "Having", "Order", "Ordered", "Limit", "Union",
    "With", "CTE", "Subquery", "Distinct", "Star", "Alias", "Column", "Identifier", "Literal", "Placeholder", "Null",
    "Boolean", "Var", "Paren", "Tuple", "Cast", "DataType", "Window", "WindowSpec", "Filter", "And", "Or", "Not",
    "EQ", "NEQ", "GT", "GTE", "LT", "LTE", "Is", "Between", "In", "Exists", "NullSafeEQ", "NullSafeNEQ", "Case", "If",
    "Add", "Sub", "Mul", "Div", "IntDiv", "Mod", "Neg", "Array",
})
# fmt: on

FUNCTIONS = {
    "Abs": "of a number",
    "ArrayAgg": "LIST, inside LIST_SORT",
    "ArrayConcat": "LIST_CONCAT",
    "ArrayContains": "LIST_CONTAINS",
    "ArraySort": "LIST_SORT: nulls last on every engine",
    "Ceil": "to the next whole number",
    "Coalesce": "the first that is known",
    "Count": "counts are BIGINT everywhere",
    "DateDiff": "in days only",
    "DenseRank": "ties share a rank",
    "FirstValue": "over a total order",
    "Floor": "to the whole number below",
    "Greatest": "passes over nulls on every engine",
    "Lag": "over a total order",
    "LastValue": "over a total order",
    "Lead": "over a total order",
    "Least": "passes over nulls on every engine",
    "Length": "LEN of a list",
    "Max": "text is compared by its bytes on every engine",
    "Min": "text is compared by its bytes on every engine",
    "Nullif": "of numbers",
    "Rank": "ties share a rank",
    "Round": "to a whole number, halves away from zero",
    "RowNumber": "over a total order",
    "Sqrt": "IEEE 754 asks for the nearest number",
    "Sum": "of whole numbers, cast to BIGINT",
}

# A cast to any other type is refused.
CASTS = frozenset({"BIGINT", "INT", "DOUBLE", "DATE", "BOOLEAN", "TEXT", "TEXT[]"})

_TEXT = "text work is Python over Arrow: engines count bytes or letters and fold case as they please"
_CLOCK = "a step reads no clock: bind a parameter"
_CHANCE = "the same tables in must give the same rows out"
_CHOICE = "which of several rows it takes is chance: use MIN, MAX or a numbered window"
_FLOATS = "the sum of floating numbers depends on their order: sum integers, and divide at the end"
_CALENDAR = "engines differ in months and years: work with days, or bring the column along"
_HASH = "every engine has its own: make digests in Python"

# Known traps, so that the refusal says what to write.
REFUSED = {
    "AnyValue": _CHOICE,
    "ApproxDistinct": "it is an estimate, another on every engine",
    "ArgMax": _CHOICE,
    "ArgMin": _CHOICE,
    "Avg": _FLOATS,
    "Bracket": "lists are counted from 1 or 0, and a missing place is null or an error",
    "Columns": "say the columns",
    "Concat": _TEXT,
    "CurrentDate": _CLOCK,
    "CurrentTime": _CLOCK,
    "CurrentTimestamp": _CLOCK,
    "DPipe": _TEXT,
    "DateAdd": "DuckDB gives a timestamp: count in days as whole numbers",
    "DateSub": "DuckDB gives a timestamp: count in days as whole numbers",
    "DateTrunc": _CALENDAR,
    "Explode": "engines differ in rows with an empty list: unfold it in Python",
    "Extract": _CALENDAR,
    "First": _CHOICE,
    "GroupConcat": _TEXT,
    "ILike": _TEXT,
    "Initcap": _TEXT,
    "Interval": "DuckDB gives a timestamp: count in days as whole numbers",
    "Last": _CHOICE,
    "Left": _TEXT,
    "Levenshtein": "DuckDB counts bytes, so it is wrong on Chinese and Cyrillic: use rapidfuzz in Python",
    "Like": _TEXT,
    "Lower": _TEXT,
    "MD5": _HASH,
    "Median": _FLOATS,
    "Month": _CALENDAR,
    "Qualify": "not every engine has it: number the rows in a common table expression",
    "Quantile": _FLOATS,
    "Rand": _CHANCE,
    "RegexpExtract": _TEXT,
    "RegexpLike": _TEXT,
    "RegexpReplace": _TEXT,
    "Replace": _TEXT,
    "Right": _TEXT,
    "SHA": _HASH,
    "SHA2": _HASH,
    "SafeDivide": "divide by NULLIF(x, 0)",
    "Split": _TEXT,
    "StartsWith": _TEXT,
    "StddevSamp": _FLOATS,
    "Stddev": _FLOATS,
    "Substring": _TEXT,
    "TableSample": _CHANCE,
    "TimeToStr": _TEXT,
    "TimestampTrunc": _CALENDAR,
    "Trim": _TEXT,
    "TryCast": "what cannot be read is a reject, set aside by the loader",
    "Unnest": "engines differ in rows with an empty list: unfold it in Python",
    "Upper": _TEXT,
    "Uuid": _CHANCE,
    "Variance": _FLOATS,
    "Year": _CALENDAR,
}
