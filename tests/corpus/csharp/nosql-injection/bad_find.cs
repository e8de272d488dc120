class People {
    public List<Person> Named(string name) {
        return _people.Find("{ name: '" + name + "' }").ToList();  // expect: CWE-943
    }
}
