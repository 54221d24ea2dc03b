using System.Net;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>
/// A link's life as its owner sees it, over the API and by mail: live, nofollow, lost, recovered. It needs a LinkMonitor that runs by
/// itself; its project confirms at once.
/// </summary>
internal sealed class WatchedLife(ApiDriver api, SmtpFixture smtp)
{
    private const string Target = "http://127.0.0.1:9/";
    private const string Live = $"<title>Post</title><p>We like <a href='{Target}'>Example</a> and other fine sites.</p>";
    private const string Nofollow =
        $"<title>Post</title><p>We like <a href='{Target}' rel='nofollow'>Example</a> and other fine sites.</p>";

    private const string Without =
        "<title>Post</title><p>We like no site in particular, but <a href='https://other.example/'>this one</a> is not bad.</p>";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly object AtOnce = new { observations = 1, overMinutes = 0 };

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(3 * Patience, TimeProvider.System);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        await using var web = await LocalWeb.StartAsync(stop.Token);
        var owner = smtp.UniqueRecipient("owner");
        var project = await api.CreateProjectAsync(
            new { name = "Both modes", recipients = new[] { owner }, confirmation = new { link = AtOnce } }, stop.Token);
        web.MapHtml("/post", Live);
        var link = await api.RegisterAsync(project, new { page = web.Url("/post"), target = Target }, stop.Token);

        await CheckAsync(project, link, "live", stop.Token);
        web.MapHtml("/post", Nofollow);
        await CheckAsync(project, link, "changed", stop.Token);
        await AssertMailAsync(owner, "nofollow", stop.Token);
        web.MapHtml("/post", Without);
        await CheckAsync(project, link, "lost", stop.Token);
        await AssertMailAsync(owner, "Lost", stop.Token);
        web.MapHtml("/post", Live);
        await CheckAsync(project, link, "live", stop.Token);
        await AssertMailAsync(owner, "Recovered", stop.Token);

        var history = await api.GetHistoryAsync(project, link, stop.Token);
        Assert.Equal(["live", "lost", "changed", "live"], history.Select(change => change.GetProperty("to").GetString()!));
        Assert.Equal(0, smtp.Server.Waiting(owner));
        var failures = await api.GetAsync("/api/v1/failures/page-checks", stop.Token);
        Assert.Empty(failures.GetProperty("items").EnumerateArray());
    }

    // Asked again and again, as another process gives no signal.
    private async Task CheckAsync(string project, string link, string state, CancellationToken cancellationToken)
    {
        await api.PostAsync($"/api/v1/projects/{project}/links/{link}/check", null, HttpStatusCode.Accepted, cancellationToken);
        while (await api.GetStateAsync(project, link, cancellationToken) != state)
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
    }

    private async Task AssertMailAsync(string recipient, string word, CancellationToken cancellationToken)
    {
        var mail = (await smtp.Server.NextAsync(recipient, cancellationToken)).Parse();
        Assert.Contains(word, mail["Subject"] + mail.Text, StringComparison.OrdinalIgnoreCase);
    }
}
