using System.Collections.Concurrent;
using System.CommandLine;
using LinkMonitor.CommandLine;
using LinkMonitor.CommandLine.Service;
using LinkMonitor.Testing;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.Tests.CommandLine.Service;

/// <summary>
/// What <c>linkmonitor import</c> asks of the service and says of it (<see cref="LinkImport"/>, <see cref="FollowedImport"/>).
/// </summary>
public sealed class ImportTests : IDisposable
{
    private const string Counts = "\"rows\":3,\"left\":0,\"lost\":0,\"own\":0,\"twice\":0,\"removed\":0,\"kept\":0";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("linkmonitor-");
    private readonly ConcurrentQueue<(string Path, string Query, string? Key)> _posted = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_dry_run_tells_what_the_service_would_do_and_begins_nothing()
    {
        await using var web = await ServiceAsync(Preview(added: 2, known: 1, rejected: 0), []);

        var (exitCode, text) = await RunAsync(web, "import", Write(), "--dry-run", "--tag", "a,b", "--tag", "c", "--with-lost");

        Assert.Equal(0, exitCode);
        Assert.Contains("page is 'Where', target is 'What' (likely).", text, StringComparison.Ordinal);
        Assert.Contains("One: 2 would be added, 1 known already, 0 rejected.", text, StringComparison.Ordinal);
        Assert.Contains("4 frames, forms, redirects or mere text", text, StringComparison.Ordinal);
        var (path, query, _) = Assert.Single(_posted);
        Assert.Equal("/api/v1/projects/prj_a/imports/preview", path);
        Assert.Equal("?tags=a%5C%2Cb%2C%20c&withLost=true", query);
    }

    [Fact]
    public async Task A_wrong_row_is_named_and_nothing_is_begun_unless_such_rows_are_to_be_skipped()
    {
        await using var web = await ServiceAsync(Preview(added: 2, known: 0, rejected: 120), [Import("done", 2, 120)]);

        var (refused, why) = await RunAsync(web, "import", Write());
        Assert.Equal(64, refused);
        Assert.Contains("Line 5: no address", why, StringComparison.Ordinal);
        Assert.Contains("... and 119 more lines like these.", why, StringComparison.Ordinal);
        Assert.Contains("Nothing was imported. With --skip-bad", why, StringComparison.Ordinal);
        Assert.DoesNotContain(_posted, one => one.Path.EndsWith("/imports", StringComparison.Ordinal));

        var (done, told) = await RunAsync(web, "import", Write(), "--skip-bad");
        Assert.Equal(0, done);
        Assert.Contains("Skipped. Line 5: no address", told, StringComparison.Ordinal);
        Assert.Contains("One: 2 added, 0 known already, 120 rejected.", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("columns", true, 64, "--columns")]
    [InlineData("target", false, 64, "That is --target URL.")]
    [InlineData("encoding", false, 65, "--encoding NAME")]
    [InlineData(null, false, 65, "It cannot be read.")]
    public async Task What_must_be_said_first_is_named_as_the_option_for_it(string? needs, bool isWrittenWrongly, int code, string hint)
    {
        await using var web = await ServiceAsync(
            Preview(
                0,
                0,
                0,
                $",\"problem\":\"It cannot be read.\",\"needs\":{(needs is null ? "null" : $"\"{needs}\"")}",
                isWrittenWrongly), []);

        var (exitCode, text) = await RunAsync(web, "import", Write());

        Assert.Equal(code, exitCode);
        Assert.Contains(hint, text, StringComparison.Ordinal);
        Assert.Contains("Nothing was imported.", text, StringComparison.Ordinal);
    }

    /// <summary>The answer to the request was lost: it is sent again with the same name, so that the service knows it.</summary>
    [Fact]
    public async Task An_import_whose_answer_was_lost_is_asked_for_again_by_the_same_key()
    {
        await using var web = await ServiceAsync(Preview(2, 0, 0), ["", Import("done", 2, 0)]);

        var (exitCode, _) = await RunAsync(web, "import", Write());

        Assert.Equal(0, exitCode);
        var keys = _posted.Where(one => one.Path.EndsWith("/imports", StringComparison.Ordinal)).Select(one => one.Key).ToList();
        Assert.Equal(2, keys.Count);
        Assert.NotNull(Assert.Single(keys.Distinct()));
    }

    [Theory]
    [InlineData("failed", 0, 65, "The import failed. Our fault.")]
    [InlineData("done", 3, 65, "3 rows were rejected that the look before had taken")]
    [InlineData("cancelled", 0, 65, "One: cancelled after 3 of 3 rows")]
    public async Task An_import_that_did_less_than_was_promised_says_so(string state, int rejected, int code, string told)
    {
        await using var web = await ServiceAsync(Preview(2, 0, 0), [Import(state, 2, rejected)]);

        var (exitCode, text) = await RunAsync(web, "import", Write());

        Assert.Equal(code, exitCode);
        Assert.Contains(told, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_leaves_the_import_to_the_service_and_says_how_to_follow_or_cancel_it()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await using var web = await ServiceAsync(Preview(2, 0, 0), [Import("running", 1, 0)], stop.CancelAsync);

        var (exitCode, text) = await RunAsync(web, stop.Token, "import", Write());

        Assert.Equal(130, exitCode);
        Assert.Contains("'linkmonitor import --follow imp_1 --project prj_a'", text, StringComparison.Ordinal);
        Assert.Contains("--cancel", text, StringComparison.Ordinal);
        Assert.Contains("/app/p/prj_a/imports/imp_1", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--follow", "", "done", "One: 2 added", 0)]
    [InlineData("--cancel", "/cancel", "cancelled", "One: cancelled after 3 of 3 rows: 2 added", 0)]
    [InlineData("--undo", "/undo", "undone", "One: undone: 0 removed", 0)]
    [InlineData("--follow", "", "cancelled", "One: cancelled", 65)]
    public async Task An_import_that_was_begun_before_is_followed_cancelled_or_undone(
        string option, string path, string state, string told, int code)
    {
        await using var web = await ServiceAsync(Preview(2, 0, 0), []);
        web.Map($"/api/v1/projects/prj_a/imports/imp_1{path}", context => context.Response.WriteAsync(Import(state, 2, 0)));

        var (exitCode, text) = await RunAsync(web, "import", option, "imp_1");

        Assert.Equal(code, exitCode);
        Assert.Contains(told, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--cancel is about an import that was begun before: leave out a file, --tag.", "--cancel", "imp_1", "x.csv", "--tag", "x")]
    [InlineData("Say which file of links to import", "--dry-run")]
    public async Task A_call_that_means_two_things_is_refused(string told, params string[] arguments)
    {
        var result = await Cli.RunAsync(["import", .. arguments]);

        Assert.Equal(64, result.ExitCode);
        Assert.Contains(told, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_there_cannot_be_is_named_as_it_was_written()
    {
        var result = await Cli.RunAsync("keys", "revoke", "no/such?x=1", "--url", "http://127.0.0.1:9");

        Assert.Equal(64, result.ExitCode);
        Assert.Contains("There is no key 'no/such?x=1'.", result.Error, StringComparison.Ordinal);
    }

    private static Task<(int ExitCode, string Text)> RunAsync(LocalWeb web, params string[] arguments) => RunAsync(web, Token, arguments);

    private static async Task<(int ExitCode, string Text)> RunAsync(LocalWeb web, CancellationToken stop, params string[] arguments)
    {
        using var console = new StringWriter();
        var exitCode = await LinkMonitorCommand.RunAsync(
            [.. arguments, "--url", web.Origin],
            new InvocationConfiguration { Output = TextWriter.Synchronized(console), Error = TextWriter.Synchronized(console) },
            TimeProvider.System, stop);
        return (exitCode, console.ToString());
    }

    /// <param name="answers">To the requests that begin an import, one after the other; an empty one is a failure.</param>
    /// <param name="then">What happens once an import was begun.</param>
    private async Task<LocalWeb> ServiceAsync(string preview, string[] answers, Func<Task>? then = null)
    {
        var web = await LocalWeb.StartAsync(Token);
        var left = new ConcurrentQueue<string>(answers);
        web.Map("/api/v1/projects", context => context.Response.WriteAsync(
            "{\"items\":[{\"id\":\"prj_a\",\"name\":\"One\",\"recipients\":[],\"checkEveryMinutes\":60}]}", context.RequestAborted));
        web.Map("/api/v1/projects/prj_a/imports/preview", async context =>
        {
            await TakeAsync(context);
            await context.Response.WriteAsync(preview, context.RequestAborted);
        });
        web.Map("/api/v1/projects/prj_a/imports", async context =>
        {
            await TakeAsync(context);
            Assert.True(left.TryDequeue(out var answer));
            context.Response.StatusCode = answer.Length == 0 ? 500 : 202;
            await context.Response.WriteAsync(answer, context.RequestAborted);
            await context.Response.CompleteAsync();
            await (then?.Invoke() ?? Task.CompletedTask);
        });
        return web;
    }

    private async Task TakeAsync(HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        _posted.Enqueue(
            (context.Request.Path, context.Request.QueryString.Value!, context.Request.Headers["Idempotency-Key"].FirstOrDefault()));
    }

    private static string Preview(int added, int known, int rejected, string more = "", bool isWrittenWrongly = false) =>
        $"{{\"isReady\":{(more.Length == 0 ? "true" : "false")},\"isWrittenWrongly\":{(isWrittenWrongly ? "true" : "false")},\"tables\":"
        + "[{\"sheet\":null,\"certainty\":\"likely\",\"columns\":[{\"name\":\"Where\",\"role\":\"page\"},"
        + "{\"name\":\"What\",\"role\":\"target\"}]}],\"notices\":[],\"isKnownCounted\":true,\"byScript\":0,\"otherKinds\":4,"
        + $"\"rejected\":[{(rejected > 0 ? "{\"sheet\":null,\"line\":5,\"why\":\"no address\"}" : "")}],"
        + $"\"rows\":{{{Counts},\"read\":3,\"added\":{added},\"known\":{known},\"rejected\":{rejected}}}{more}}}";

    private static string Import(string state, int added, int rejected) =>
        $"{{\"id\":\"imp_1\",\"state\":\"{state}\",\"name\":\"links.csv\",\"problem\":{(state == "failed" ? "\"Our fault.\"" : "null")},"
        + $"\"progress\":{{{Counts},\"read\":3,\"added\":{added},\"known\":0,\"rejected\":{rejected}}}}}";

    private string Write()
    {
        var path = Path.Combine(_folder.FullName, "links.csv");
        File.WriteAllText(path, "page,target\nhttps://a.example/,https://example.org/\n");
        return path;
    }
}
