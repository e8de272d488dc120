using System.Collections.Generic;
using System.Linq;
using Microsoft.EntityFrameworkCore;

public class ProductService
{
    private readonly ShopContext _context;

    public ProductService(ShopContext context) => _context = context;

    public List<Product> Search(string term)
    {
        return _context.Products.FromSqlRaw($"SELECT * FROM Products WHERE Name LIKE '%{term}%'").ToList(); // expect: CWE-89
    }
}
