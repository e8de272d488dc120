class People {
    public List<Person> Aged(int age) {
        return _people.Find("{ age: " + age + " }").ToList();
    }
}
