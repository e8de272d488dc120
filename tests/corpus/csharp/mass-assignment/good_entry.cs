public class MembersController : Controller {
    [HttpPost]
    public IActionResult Edit([Bind("Id,Name")] Member member) {
        _context.Entry(member).State = EntityState.Modified;
        _context.SaveChanges();
        return RedirectToAction("Index");
    }
}
