class Handler1 : IHttpHandler {
    public void ProcessRequest(HttpContext context) {
        context.Response.AddHeader("X-Language", context.Request.QueryString["lang"]);  // expect: CWE-113
    }
}
