class Middleware1 {
    public async Task Invoke(HttpContext context) {
        try { await _next(context); }
        catch (Exception e) {
            _logger.LogError(e, "unhandled");
            context.Response.StatusCode = 500;
            await context.Response.WriteAsync("Something went wrong.");
        }
    }
}
