using LinkMonitor.Hosting.Budgets;
using Microsoft.Extensions.Configuration;

namespace LinkMonitor.Tests.Hosting.Budgets;

public sealed class FunctionTimeoutTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("linkmonitor-timeout-").FullName;

    [Fact]
    public void It_is_read_from_host_json() =>
        Assert.Equal(
            new FunctionTimeout(TimeSpan.FromMinutes(7), "functionTimeout in host.json"),
            Read("""{ /* ours */ "functionTimeout": "00:07:00", }"""));

    [Fact]
    public void A_variable_overrides_host_json() => Assert.Equal(
        new FunctionTimeout(TimeSpan.FromMinutes(9), "AzureFunctionsJobHost__functionTimeout"),
        Read("""{ "functionTimeout": "00:07:00" }""", "00:09:00"));

    [Theory]
    [InlineData(null)]
    [InlineData("""{ "version": "2.0" }""")]
    [InlineData("no json")]
    [InlineData("[]")]
    public void Where_none_is_written_that_of_the_shortest_plan_counts(string? json) =>
        Assert.Equal(TimeSpan.FromMinutes(5), Read(json).Length);

    [Fact]
    public void Minus_one_is_never() =>
        Assert.Equal(new FunctionTimeout(null, "functionTimeout in host.json"), Read("""{ "functionTimeout": "-1" }"""));

    [Theory]
    [InlineData("soon")]
    [InlineData("-00:01:00")]
    public void What_is_no_time_is_a_problem(string text) =>
        Assert.Contains($"'{text}'", Read($$"""{ "functionTimeout": "{{text}}" }""").Problem, StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private FunctionTimeout Read(string? json, string? variable = null)
    {
        if (json is not null)
            File.WriteAllText(Path.Combine(_folder, "host.json"), json);
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create(FunctionTimeout.Override, variable)]).Build();
        return FunctionTimeout.Read(configuration, _folder);
    }
}
