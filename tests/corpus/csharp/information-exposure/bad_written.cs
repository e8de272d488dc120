class Middleware1 {
    public async Task Invoke(HttpContext context) {
        try { await _next(context); }
        catch (Exception e) {
            context.Response.StatusCode = 500;
            await context.Response.WriteAsync(e.ToString());  // expect: CWE-209
        }
    }
}
