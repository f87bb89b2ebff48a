import GRDB

/// Columns of a row, read so that a damaged file is an error and not a crash.
///
/// GRDB's own subscript traps when a value is not of the type asked for. In a STRICT table that cannot be, until a flipped bit
/// in a record's header makes a number of a text. This one stands before it in this module, and throws.
extension Row {
  subscript<Value: DatabaseValueConvertible & StatementColumnConvertible>(_ index: Int) -> Value {
    get throws { try decode(Value.self, atIndex: index) }
  }

  subscript<Value: DatabaseValueConvertible & StatementColumnConvertible>(_ name: String) -> Value {
    get throws { try decode(Value.self, forColumn: name) }
  }
}
