import io.javalin.http.Context;

public class Visits {
    void f(Context ctx, String token) {
        ctx.cookie("session", token); // expect: CWE-614
    }
}
