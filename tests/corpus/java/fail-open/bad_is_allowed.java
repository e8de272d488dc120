public class Gate {
    boolean isAllowed(String u) {
        try {
            return service.check(u);
        } catch (Exception e) {
            return true; // expect: CWE-636
        }
    }
    Svc service;
    interface Svc { boolean check(String u); }
}
