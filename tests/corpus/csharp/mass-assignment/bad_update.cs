public class CustomersController : ControllerBase {
    [HttpPut("{id}")]
    public async Task<IActionResult> Put(int id, Customer customer) {
        _db.Customers.Update(customer);  // expect: CWE-915
        await _db.SaveChangesAsync();
        return NoContent();
    }
}
