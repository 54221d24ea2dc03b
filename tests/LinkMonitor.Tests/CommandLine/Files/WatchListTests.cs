using LinkMonitor.CommandLine.Files;

namespace LinkMonitor.Tests.CommandLine.Files;

/// <summary>Lists of links as people keep them in git: <see cref="WatchList"/> and <see cref="WatchListFields"/>.</summary>
public sealed class WatchListTests
{
    [Fact]
    public void Links_take_what_they_do_not_say_from_the_defaults()
    {
        var list = Read(
            """
            # Ours
            defaults:
              target: https://example.org/
              tags: [git]
              terms: { vendor: Blog Ltd, currency: EUR }
            links:
              - page: https://a.example/
              - page: https://b.example/
                target: https://example.org/b
                anchor: 2024
                indexable: true
                tags: [own, "2025"]
                terms:
                  cost: 12.50
            """);

        Assert.Equal([7, 8], list.Links.Select(link => link.Line));
        Assert.Equal(
            [
                "{'page':'https://a.example/','target':'https://example.org/','tags':['git'],"
                    + "'terms':{'vendor':'Blog Ltd','currency':'EUR'}}",
                "{'page':'https://b.example/','target':'https://example.org/b','anchor':'2024','indexable':true,"
                    + "'tags':['own','2025'],'terms':{'cost':12.50,'vendor':'Blog Ltd','currency':'EUR'}}",
            ],
            list.Links.Select(Json));
    }

    [Theory]
    [InlineData("- page: https://a.example/\n  target: https://example.org/\n")]
    [InlineData("[{\"page\": \"https://a.example/\", \"target\": \"https://example.org/\"}]")]
    [InlineData("\uFEFF---\nlinks:\r\n- {page: https://a.example/, target: https://example.org/}\r\n...\n")]
    public void A_bare_list_and_json_are_lists_too(string text) => Assert.Equal(
        "{'page':'https://a.example/','target':'https://example.org/'}", Json(Assert.Single(Read(text).Links)));

    [Theory]
    [InlineData("", "The file is empty.")]
    [InlineData("links: []", "The file lists no link.")]
    [InlineData("links:\n- page: https://a.example/\n  taget: x\n", "Line 3: 'taget' is no field of a link. There are page, target,")]
    [InlineData("link:\n- page: x\n", "Line 1: 'link' is not known.")]
    [InlineData("links:\n  page: x\n", "Line 2: the links are a list")]
    [InlineData("- https://a.example/\n", "Line 1: a link is an object")]
    [InlineData("- page: https://a.example/\n  terms: 12\n", null)]
    [InlineData("- page: https://a.example/\n  terms: {price: 12}\n", "Line 2: 'price' is no field of 'terms'.")]
    [InlineData("- page: https://a.example/\n  note:\n", "Line 2: 'note' has no value.")]
    [InlineData("- page: 'a\n", "this is no YAML")]
    [InlineData("- page: x\n  page: y\n", "this is no YAML")]
    [InlineData("- page: x\n  tags: [{a: b}]\n", null)]
    [InlineData("- page: x\n---\n- page: y\n", "Line 3: a second document begins here")]
    public void What_is_wrong_is_named_with_its_line(string text, string? expected)
    {
        var errors = new List<string>();

        var list = WatchList.Read(text, errors);

        if (expected is null)
        {
            Assert.NotNull(list);
            Assert.Empty(errors);
            return;
        }

        Assert.Contains(errors, error => error.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Lists_in_lists_without_end_are_refused()
    {
        var errors = new List<string>();

        Assert.Null(WatchList.Read("- a\n- " + new string('[', 200_000), errors));

        Assert.StartsWith("Line 2: more than 20 lists and objects stand in one another here.", Assert.Single(errors),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Aliases_that_grow_without_end_are_refused()
    {
        var bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n"
            + string.Concat(Enumerable.Range(0, 20).Select(at =>
                $"{(char)('b' + at)}: &{(char)('b' + at)} [{string.Join(", ", Enumerable.Repeat($"*{(char)('a' + at)}", 9))}]\n"))
            + "links: [{ page: x, tags: *t }]\n";
        var errors = new List<string>();

        var list = WatchList.Read(bomb, errors);

        Assert.NotEmpty(errors);
        Assert.All(list?.Links ?? [], link => Assert.InRange(Json(link).Length, 0, 1_000));
    }

    private static string Json(WatchListLink link) => link.Body.ToJsonString().Replace('"', '\'');

    private static WatchList Read(string text)
    {
        var errors = new List<string>();
        var list = WatchList.Read(text, errors);
        Assert.Empty(errors);
        return list!;
    }
}
