using System.Text.RegularExpressions;
using LinkMonitor.Demo;
using LinkMonitor.IntegrationTests.Support;

namespace LinkMonitor.IntegrationTests.Demo;

/// <summary>The demo as it is started, on a storage of its own, ten times as fast as for people (<see cref="DemoPlay"/>).</summary>
public sealed partial class DemoRunTests
{
    [Fact]
    public async Task Its_first_alert_comes_the_dashboard_shows_the_lost_link_and_nothing_is_left()
    {
        var token = TestContext.Current.CancellationToken;
        await NodeModules.FileAsync("azurite/dist/src/azurite.js", token);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(token);
        await using var output = new LineSignal();
        var settings = new DemoSettings { Opens = false, Pace = 0.1 };
        var running = new DemoRun(settings, TimeProvider.System, output).RunAsync(stop.Token);
        try
        {
            await output.SeenAsync("alert: Lost", running, token);
            await LookAsync(output.Text, token);
        }
        finally
        {
            await stop.CancelAsync();
            Assert.Equal(0, await running);
        }

        Assert.False(Directory.Exists(Folder().Match(output.Text).Value), output.Text);
    }

    [Fact]
    public async Task It_ends_by_itself_and_takes_another_port_when_one_is_taken()
    {
        var token = TestContext.Current.CancellationToken;
        await NodeModules.FileAsync("azurite/dist/src/azurite.js", token);
        var (first, second) = (new StringWriter(), new StringWriter());
        var settings = new DemoSettings { Opens = false, For = TimeSpan.Zero };

        Assert.Equal(0, await new DemoRun(settings, TimeProvider.System, first).RunAsync(token));
        Assert.False(Directory.Exists(Folder().Match(first.ToString()).Value));

        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;
        await Assert.ThrowsAsync<NoFreePortException>(
            () => new DemoRun(settings with { Port = port }, TimeProvider.System, second).RunAsync(token));
        Assert.NotEqual(port, DemoPorts.Choose(null, port));
    }

    private static async Task LookAsync(string told, CancellationToken cancellationToken)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var form = await client.GetStringAsync(SignIn().Match(told).Value, cancellationToken);
        var fields = Field().Matches(form).ToDictionary(field => field.Groups[1].Value, field => field.Groups[2].Value);
        using var answer = await client.PostAsync(SignIn().Match(told).Value, new FormUrlEncodedContent(fields), cancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}");
        var lost = await client.GetStringAsync($"{Project().Match(told).Value}/links?q=state:lost", cancellationToken);
        Assert.Contains(DemoSite.Blog, lost, StringComparison.Ordinal);
        Assert.DoesNotContain(DemoSite.Press, lost, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/sign-in/\w+")]
    private static partial Regex SignIn();

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/app/p/\w+")]
    private static partial Regex Project();

    [GeneratedRegex(@"\S+linkmonitor-demo-\w+")]
    private static partial Regex Folder();

    [GeneratedRegex("""<input type="hidden" name="([^"]+)" value="([^"]*)">""")]
    private static partial Regex Field();

    /// <summary>Keeps what is written, and tells when a line comes.</summary>
    private sealed class LineSignal : StringWriter
    {
        private readonly Signal _written = new();

        public string Text
        {
            get
            {
                lock (_written)
                    return ToString();
            }
        }

        public override Task WriteLineAsync(string? value)
        {
            WriteLine(value);
            return Task.CompletedTask;
        }

        public override void WriteLine(string? value)
        {
            lock (_written)
                base.WriteLine(value);
            _written.Give();
        }

        /// <summary>Waits for a text; fails when the run ends before it.</summary>
        public async Task SeenAsync(string text, Task<int> running, CancellationToken cancellationToken)
        {
            for (var next = _written.Next; !Text.Contains(text, StringComparison.Ordinal); next = _written.Next)
            {
                if (await Task.WhenAny(next, running).WaitAsync(cancellationToken) == running)
                    Assert.Fail($"The demo ended with {await running}: {Text}");
            }
        }
    }
}
