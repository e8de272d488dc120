import io.vertx.ext.web.RoutingContext;

public class Downloads {
    void f(RoutingContext ctx) {
        ctx.response().sendFile("uploads/" + ctx.request().getParam("f")); // expect: CWE-22
    }
}
