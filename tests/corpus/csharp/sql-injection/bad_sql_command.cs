using System.Data.SqlClient;
using Microsoft.AspNetCore.Mvc;

public class LoginController : Controller
{
    private readonly string _connection;

    public LoginController(string connection) => _connection = connection;

    [HttpPost("/login")]
    public IActionResult Login(string user, string password)
    {
        using var connection = new SqlConnection(_connection);
        connection.Open();
        var query = "SELECT Id FROM Users WHERE Name = '" + user + "' AND Hash = '" + password + "'";
        using var command = new SqlCommand(query, connection); // expect: CWE-89
        return command.ExecuteScalar() == null ? Unauthorized() : Ok();
    }
}
