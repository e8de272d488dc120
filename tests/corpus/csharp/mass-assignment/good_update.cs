public class CustomersController : ControllerBase {
    [HttpPut("{id}")]
    public async Task<IActionResult> Put(int id, CustomerRequest request) {
        var customer = await _db.Customers.FindAsync(id);
        customer.Name = request.Name;
        _db.Customers.Update(customer);
        await _db.SaveChangesAsync();
        return NoContent();
    }
}
