public class Digests {
    public boolean same(String a, String b) {
        /* ‮ } ⁦if (constantTime)⁩ ⁦ begin */ // expect: CWE-838|CWE-1007|CWE-451
        return a.equals(b);
    }
}
