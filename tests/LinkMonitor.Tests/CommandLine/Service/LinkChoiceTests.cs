using System.CommandLine;
using LinkMonitor.CommandLine.Service;

namespace LinkMonitor.Tests.CommandLine.Service;

public sealed class LinkChoiceTests
{
    private readonly LinkChoice _choice = new();
    private readonly RootCommand _command = [];

    public LinkChoiceTests() => _choice.AddTo(_command);

    [Fact]
    public void What_is_given_restricts_and_is_written_for_an_address()
    {
        var parsed = _command.Parse(["--state", "lost", "--search", "a b&c"]);

        Assert.True(_choice.IsGiven(parsed));
        Assert.Equal("state=lost&q=a%20b%26c", _choice.Query(parsed));
    }

    [Fact]
    public void Nothing_given_restricts_nothing()
    {
        var parsed = _command.Parse([]);

        Assert.False(_choice.IsGiven(parsed));
        Assert.Equal("", _choice.Query(parsed));
    }

    [Fact]
    public void An_empty_value_is_refused() =>
        Assert.Equal("--tag is empty. Give a value, or leave the option out.", Assert.Single(_command.Parse(["--tag", ""]).Errors).Message);
}
