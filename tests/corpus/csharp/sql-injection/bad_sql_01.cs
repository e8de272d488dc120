using System.Data.SqlClient;
using Microsoft.AspNetCore.Mvc;
[ApiController]
[Route("api/users")]
public class UsersController : ControllerBase
{
    private readonly string _conn;
    public UsersController(IConfiguration cfg) { _conn = cfg.GetConnectionString("Default"); }

    [HttpGet("{name}")]
    public IActionResult GetUser(string name)
    {
        using var connection = new SqlConnection(_conn);
        connection.Open();
        var query = $"SELECT Id, Name FROM Users WHERE Name = '{name}'";
        using var cmd = new SqlCommand(query, connection);  // expect: CWE-89
        using var reader = cmd.ExecuteReader();
        return Ok(reader.HasRows);
    }
}
