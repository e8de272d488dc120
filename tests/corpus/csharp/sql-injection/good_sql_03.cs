using Microsoft.EntityFrameworkCore;
public class ProductService
{
    private readonly AppDbContext _context;
    public ProductService(AppDbContext context) => _context = context;
    public async Task<List<Product>> Search(string term)
    {
        return await _context.Products
            .FromSqlInterpolated($"SELECT * FROM Products WHERE Name LIKE {term}")
            .ToListAsync();
    }
    public Task<List<Product>> Raw(string term) =>
        _context.Products.FromSqlRaw("SELECT * FROM Products WHERE Name = {0}", term).ToListAsync();
    public Task<int> Touch(int id) => _context.Database.ExecuteSqlAsync($"UPDATE Products SET Seen = 1 WHERE Id = {id}");
}
