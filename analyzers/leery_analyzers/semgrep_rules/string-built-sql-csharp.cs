using System.Collections.Generic;
using System.Linq;
using Dapper;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;

class Users
{
    const string TABLE = "Users";

    SqlCommand ByName(SqlConnection connection, string name)
    {
        // ruleid: string-built-sql-csharp
        return new SqlCommand("SELECT * FROM Users WHERE Größe = '" + name + "'", connection);
    }

    void Remove(SqlCommand command, string id)
    {
        // ruleid: string-built-sql-csharp
        command.CommandText = $"DELETE FROM Sessions WHERE Id = '{id}'";
        command.ExecuteNonQuery();
    }

    IEnumerable<User> Search(SqlConnection connection, string mail)
    {
        var sql = string.Format("SELECT * FROM Users WHERE Mail = '{0}'", mail);
        // ruleid: string-built-sql-csharp
        return connection.Query<User>(sql);
    }

    IQueryable<User> Raw(AppContext context, string city)
    {
        // ruleid: string-built-sql-csharp
        return context.Users.FromSqlRaw($"SELECT * FROM Users WHERE City = '{city}'");
    }

    SqlCommand Parameters(SqlConnection connection, string name)
    {
        // ok: string-built-sql-csharp
        var command = new SqlCommand("SELECT * FROM Users WHERE Name = @name", connection);
        command.Parameters.AddWithValue("@name", name);
        return command;
    }

    IQueryable<User> Interpolated(AppContext context, string city)
    {
        // ok: string-built-sql-csharp
        return context.Users.FromSqlInterpolated($"SELECT * FROM Users WHERE City = {city}");
    }

    SqlCommand ConstantTable(SqlConnection connection)
    {
        // ok: string-built-sql-csharp
        return new SqlCommand($"SELECT * FROM {TABLE} WHERE Name = @name", connection);
    }

    SqlCommand Number(SqlConnection connection, string page)
    {
        // ok: string-built-sql-csharp
        return new SqlCommand("SELECT TOP 20 * FROM Users WHERE Id > " + int.Parse(page), connection);
    }
}
