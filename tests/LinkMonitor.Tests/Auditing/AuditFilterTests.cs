using LinkMonitor.Auditing;
using LinkMonitor.Storage.Auditing;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.Tests.Auditing;

public sealed class AuditFilterTests
{
    private static readonly ProjectId Project = new("prj_a");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, object?, bool> Results => new()
    {
        { "POST", TypedResults.NoContent(), true },
        { "PUT", TypedResults.Ok("x"), true },
        { "PATCH", TypedResults.Accepted((string?)null), true },
        { "DELETE", TypedResults.Redirect("/there"), true },
        { "POST", null, true },
        { "POST", TypedResults.Problem(statusCode: 409), false },
        { "POST", TypedResults.NotFound(), false },
        { "GET", TypedResults.Ok("x"), false },
        { "HEAD", TypedResults.Ok("x"), false },
    };

    [Theory]
    [MemberData(nameof(Results))]
    public async Task What_may_change_something_and_succeeds_is_kept(string method, object? result, bool isKept)
    {
        var entries = await RunAsync(method, _ => result);

        Assert.Equal(isKept ? 1 : 0, entries.Project.Count);
    }

    [Fact]
    public async Task An_endpoint_says_it_better_than_its_method()
    {
        var plain = Assert.Single((await RunAsync("DELETE", _ => null)).Project);
        var said = Assert.Single((await RunAsync("DELETE", context =>
        {
            context.Audit("Deleted 14 links", null);
            return null;
        })).Project);

        Assert.Equal(("DELETE", "Deleted 14 links"), (plain.What, said.What));
        Assert.Equal((Project, StorageSamples.Noon), (said.ProjectId, said.At));
    }

    [Fact]
    public async Task What_changed_nothing_though_it_succeeded_is_not_kept()
    {
        var entries = await RunAsync("PATCH", context =>
        {
            context.Audit("Changed the name", null);
            context.Audit(null);
            return TypedResults.NoContent();
        });

        Assert.Empty(entries.Project);
    }

    [Fact]
    public async Task What_outlives_its_project_is_kept_by_the_installation()
    {
        var entries = await RunAsync("DELETE", context =>
        {
            context.AuditInstallation("Deleted the project 'Example'", Project.Value);
            return TypedResults.NoContent();
        });

        Assert.Empty(entries.Project);
        Assert.Equal(Project.Value, Assert.Single(entries.Installation).About);
    }

    private static async Task<(IReadOnlyList<AuditEntry> Project, IReadOnlyList<AuditEntry> Installation)> RunAsync(
        string method, Func<HttpContext, object?> endpoint)
    {
        var audit = (await MemoryStorage.Source.CreateAsync(Token)).Audit;
        var context = new DefaultHttpContext { Request = { Method = method } };
        context.Features.Set(StorageSamples.Project(Project));

        await new AuditFilter(audit, new ManualTimeProvider(StorageSamples.Noon)).InvokeAsync(
            EndpointFilterInvocationContext.Create(context), _ => ValueTask.FromResult(endpoint(context)));

        return ((await audit.ListAsync(Project, 10, null, Token)).Items, (await audit.ListAsync(null, 10, null, Token)).Items);
    }
}
