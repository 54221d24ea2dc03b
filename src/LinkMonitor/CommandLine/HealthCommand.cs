using System.CommandLine;
using LinkMonitor.CommandLine.Conventions;
using LinkMonitor.Engine.Fetching;
using LinkMonitor.Hosting.Serving;

namespace LinkMonitor.CommandLine;

/// <summary>
/// <c>linkmonitor health</c>: asks the service on this machine how it is, for the health check of a container that has no other program to
/// ask with.
/// </summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(9);

    public static Command Build(TimeProvider time)
    {
        var url = new Option<string>("--url")
        {
            Description = "The service's address.",
            HelpName = "URL",
            DefaultValueFactory = _ => $"http://localhost:{ServerSettings.DefaultPort}",
        };
        var command = new Command(
            "health",
            "Ask the service on this machine whether it works. Exit code: 0 when it works, even if something is late; 69 when it does not.")
            {
                url,
            };
        command.SetAction((parsed, stop) => RunAsync(parsed.GetRequiredValue(url), time, parsed.InvocationConfiguration, stop));
        return command;
    }

    private static async Task<int> RunAsync(
        string address, TimeProvider time, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            return await CommandErrors.UsageAsync(console, "--url must be an absolute http or https URL.");
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var handler = OutgoingHttp.Handler();

        // Whatever stands before the service may lead from http to https.
        handler.AllowAutoRedirect = true;
        using var client = new HttpClient(handler) { MaxResponseContentBufferSize = 1024 * 1024 };
        try
        {
            using var answer = await client.GetAsync(new Uri(url, "/health"), either.Token);
            await console.Output.WriteLineAsync(await answer.Content.ReadAsStringAsync(either.Token));
            return answer.IsSuccessStatusCode ? ExitCodes.AsExpected : ExitCodes.Unavailable;
        }
        catch (Exception failure) when (failure is HttpRequestException
            || (failure is OperationCanceledException && limit.IsCancellationRequested))
        {
            await console.Error.WriteLineAsync($"No answer from {url}: {failure.Message}");
            return ExitCodes.Unavailable;
        }
    }
}
