using Dapper;
public class OrderRepository
{
    private readonly IDbConnection _db;
    public OrderRepository(IDbConnection db) { _db = db; }
    public IEnumerable<Order> GetOrders(string customer, string sortBy)
    {
        var sql = "SELECT * FROM Orders WHERE Customer = @customer ORDER BY " + sortBy;
        return _db.Query<Order>(sql, new { customer });  // expect: CWE-89
    }
}
