using Dapper;
public class OrderRepository
{
    private static readonly HashSet<string> AllowedColumns = new() { "Date", "Total" };
    private readonly IDbConnection _db;
    public OrderRepository(IDbConnection db) { _db = db; }
    public IEnumerable<Order> GetOrders(string customer, string sortBy)
    {
        if (!AllowedColumns.Contains(sortBy))
        {
            throw new ArgumentException("bad column", nameof(sortBy));
        }
        var sql = "SELECT * FROM Orders WHERE Customer = @customer ORDER BY " + sortBy;
        return _db.Query<Order>(sql, new { customer });
    }
}
