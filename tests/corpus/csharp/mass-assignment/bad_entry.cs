public class MembersController : Controller {
    [HttpPost]
    public IActionResult Edit(Member member) {
        _context.Entry(member).State = EntityState.Modified;  // expect: CWE-915
        _context.SaveChanges();
        return RedirectToAction("Index");
    }
}
