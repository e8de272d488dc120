public class Access {
    public String level(String user) {
        String level = "user";
        if (!level.equals("user‮ ⁦// check if admin⁩ ⁦")) { // expect: CWE-838|CWE-1007|CWE-451
            level = "admin";
        }
        return user + level;
    }
}
