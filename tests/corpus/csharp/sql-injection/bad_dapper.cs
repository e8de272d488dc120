using System.Collections.Generic;
using System.Data;
using Dapper;

public class OrderRepository
{
    private readonly IDbConnection _connection;

    public OrderRepository(IDbConnection connection) => _connection = connection;

    public IEnumerable<Order> ByStatus(string status, string sort)
    {
        var sql = $"SELECT * FROM Orders WHERE Status = @status ORDER BY {sort}";
        return _connection.Query<Order>(sql, new { status }); // expect: CWE-89
    }
}
