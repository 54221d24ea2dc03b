using LinkMonitor.CommandLine.Service;
using LinkMonitor.Exports;
using LinkMonitor.Testing;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.Tests.CommandLine.Service;

/// <summary>A project's links as a file, from the command line (<see cref="ExportCommand"/>).</summary>
public sealed class ExportCommandTests : IDisposable
{
    private const string Links = "page,target\r\nhttps://bücher.example/,https://example.org/\r\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("linkmonitor-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Links_go_to_the_terminal_as_text_and_to_a_file_byte_by_byte()
    {
        await using var web = await ServiceAsync(context => context.Response.WriteAsync(Links, context.RequestAborted));
        var file = Path.Combine(_folder.FullName, "links.csv");

        var text = await Cli.RunAsync("export", "--filter", "state:lost", "--url", web.Origin);
        var written = await Cli.RunAsync("export", "--out", file, "--url", web.Origin);

        Assert.Equal((0, Links), (text.ExitCode, text.Output));
        Assert.Equal((0, string.Empty), (written.ExitCode, written.Output));
        Assert.Equal(Links, await File.ReadAllTextAsync(file, Token));
        Assert.Equal(
            ["?filter=state%3Alost&bom=false", "?"],
            web.Requests.Where(request => request.Path.EndsWith("export.csv", StringComparison.Ordinal))
                .Select(request => request.Query.Length == 0 ? "?" : request.Query));
    }

    [Fact]
    public async Task What_the_service_could_not_read_is_said_on_the_error_stream()
    {
        await using var web = await ServiceAsync(context =>
        {
            context.Response.Headers[LinkExport.UnreadableHeader] = "2";
            return context.Response.WriteAsync(Links, context.RequestAborted);
        });
        web.Map("/api/v1/projects/prj_a/links", context => context.Response.WriteAsync(
            "{\"items\":[],\"cursor\":null,\"unreadable\":1}", context.RequestAborted));

        var file = await Cli.RunAsync("export", "--url", web.Origin);
        var list = await Cli.RunAsync("list", "--url", web.Origin);

        Assert.Equal((0, Links), (file.ExitCode, file.Output));
        Assert.StartsWith("2 stored rows cannot be read and are left out: 'System' in the dashboard", file.Error, StringComparison.Ordinal);
        Assert.Contains("1 stored row cannot be read and is left out", list.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_there_is_written_over_only_when_that_is_said()
    {
        await using var web = await ServiceAsync(context => context.Response.WriteAsync(Links, context.RequestAborted));
        var file = Path.Combine(_folder.FullName, "links.csv");
        await File.WriteAllTextAsync(file, "mine", Token);

        var refused = await Cli.RunAsync("export", "--out", file, "--url", web.Origin);
        Assert.Equal(73, refused.ExitCode);
        Assert.Contains("is there already", refused.Error, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(file, Token));

        Assert.Equal(0, (await Cli.RunAsync("export", "--out", file, "--overwrite", "--url", web.Origin)).ExitCode);
        Assert.Equal(Links, await File.ReadAllTextAsync(file, Token));
    }

    [Fact]
    public async Task Of_a_file_that_breaks_off_nothing_is_left()
    {
        await using var web = await ServiceAsync(async context =>
        {
            context.Response.ContentLength = 10 * Links.Length;
            await context.Response.WriteAsync(Links, context.RequestAborted);
        });

        var result = await Cli.RunAsync("export", "--out", Path.Combine(_folder.FullName, "links.csv"), "--url", web.Origin);

        Assert.Equal(69, result.ExitCode);
        Assert.Contains("broke off in the middle of the file", result.Error, StringComparison.Ordinal);
        Assert.Empty(_folder.GetFiles());
    }

    [Theory]
    [InlineData(64, "say with --out where it goes", "--format", "xlsx")]
    [InlineData(64, "is not a format", "--format", "pdf")]
    [InlineData(64, "does not end in a format", "--out", "links.txt")]
    [InlineData(64, "--overwrite is about the file", "--overwrite")]
    [InlineData(73, "There is no folder", "--out", "/no-such-folder/links.csv")]
    [InlineData(64, "cannot be given with --all", "--all", "x.jsonl.gz", "--format", "csv")]
    public async Task A_call_that_cannot_be_done_is_refused_before_anything_is_asked(int code, string told, params string[] arguments)
    {
        var result = await Cli.RunAsync(["export", .. arguments]);

        Assert.Equal(code, result.ExitCode);
        Assert.Contains(told, result.Error, StringComparison.Ordinal);
    }

    private static async Task<LocalWeb> ServiceAsync(RequestDelegate export)
    {
        var web = await LocalWeb.StartAsync(Token);
        web.Map("/api/v1/projects", context => context.Response.WriteAsync(
            "{\"items\":[{\"id\":\"prj_a\",\"name\":\"One\",\"recipients\":[],\"checkEveryMinutes\":60}]}", context.RequestAborted));
        web.Map("/api/v1/projects/prj_a/export.csv", export);
        return web;
    }
}
