using Microsoft.EntityFrameworkCore;
public class ProductService
{
    private readonly AppDbContext _context;
    public ProductService(AppDbContext context) => _context = context;
    public async Task<List<Product>> Search(string term)
    {
        return await _context.Products
            .FromSqlRaw($"SELECT * FROM Products WHERE Name LIKE '%{term}%'")  // expect: CWE-89
            .ToListAsync();
    }
}
