using System.CommandLine;
using LinkMonitor.CommandLine.Conventions;
using LinkMonitor.CommandLine.Service;
using LinkMonitor.Engine.Fetching;

namespace LinkMonitor.CommandLine;

/// <summary>
/// <c>linkmonitor health</c>: asks a service how it is, for the health check of a container that has no other program to ask with.
/// </summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(9);

    public static Command Build(TimeProvider time)
    {
        var options = new ServiceOptions();
        var exits = new ExitTable(
            (ExitCodes.AsExpected, "it works, even if something is late"),
            (ExitCodes.Unavailable, "a setting is wrong, or the service does not work or does not answer"));
        var command = options.NewCommand("health", "Ask the service whether it works.", exits: exits);
        command.Add(options.Url);
        command.Add(options.Profile);
        command.SetAction((parsed, stop) => RunAsync(options.ProfileOf(parsed).Url, time, parsed.InvocationConfiguration, stop));
        return command;
    }

    private static async Task<int> RunAsync(
        Uri url, TimeProvider time, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var handler = OutgoingHttp.Handler();

        // Whatever stands before the service may lead from http to https.
        handler.AllowAutoRedirect = true;
        using var client = new HttpClient(handler) { MaxResponseContentBufferSize = 1024 * 1024 };
        try
        {
            using var answer = await client.GetAsync(new Uri(url.AbsoluteUri.TrimEnd('/') + "/health"), either.Token);
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
