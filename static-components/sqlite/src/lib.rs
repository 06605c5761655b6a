//! SQLite, the C library, as tools. It reads and writes its database through the C library's files, which are WASI's.

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, Result as SqlResult, ToSql, params_from_iter};

wit_bindgen::generate!();

struct Sqlite;

export!(Sqlite);

impl Guest for Sqlite {
    fn query(database: String, sql: String, parameters: Vec<Cell>) -> Result<Table, String> {
        query(&database, &sql, &parameters).map_err(|error| error.to_string())
    }

    fn execute(database: String, sql: String) -> Result<u64, String> {
        execute(&database, &sql).map_err(|error| error.to_string())
    }
}

/// Opens a database. WASI has no file locks, and needs none: one call has its instance to itself.
fn open(database: &str, access: OpenFlags) -> SqlResult<Connection> {
    let connection = Connection::open_with_flags_and_vfs(database, access, c"unix-none")?;
    // A journal in memory, and one connection only: a file beside the database would need a permission of its own.
    connection.pragma_update(None, "locking_mode", "exclusive")?;
    connection.pragma_update_and_check(None, "journal_mode", "memory", |_| Ok(()))?;
    Ok(connection)
}

fn query(database: &str, sql: &str, parameters: &[Cell]) -> SqlResult<Table> {
    let connection = open(database, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut statement = connection.prepare(sql)?;
    let columns: Vec<String> = statement.column_names().into_iter().map(str::to_owned).collect();
    let rows = statement
        .query_map(params_from_iter(parameters), |row| {
            (0..columns.len()).map(|column| row.get_ref(column).map(Cell::from)).collect()
        })?
        .collect::<SqlResult<Vec<Vec<Cell>>>>()?;
    Ok(Table { columns, rows })
}

fn execute(database: &str, sql: &str) -> SqlResult<u64> {
    let mut connection = open(database, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
    let before = connection.total_changes();
    let transaction = connection.transaction()?;
    transaction.execute_batch(sql)?;
    transaction.commit()?;
    Ok(connection.total_changes() - before)
}

impl From<ValueRef<'_>> for Cell {
    fn from(value: ValueRef<'_>) -> Self {
        match value {
            ValueRef::Null => Cell::Null,
            ValueRef::Integer(number) => Cell::Integer(number),
            ValueRef::Real(number) => Cell::Real(number),
            ValueRef::Text(text) => Cell::Text(String::from_utf8_lossy(text).into_owned()),
            ValueRef::Blob(bytes) => Cell::Blob(bytes.to_owned()),
        }
    }
}

impl ToSql for Cell {
    fn to_sql(&self) -> SqlResult<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Cell::Null => ValueRef::Null,
            Cell::Integer(number) => ValueRef::Integer(*number),
            Cell::Real(number) => ValueRef::Real(*number),
            Cell::Text(text) => ValueRef::Text(text.as_bytes()),
            Cell::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}
