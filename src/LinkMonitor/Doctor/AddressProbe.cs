using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using LinkMonitor.About;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Hosting.Serving;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Border;
using LinkMonitor.Watchdog;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Doctor;

/// <summary>Tries the public address: whether it leads to a LinkMonitor of this version.</summary>
internal sealed class AddressProbe(IOptions<SharingOptions> options, IHttpClientFactory clients)
{
    public const string HttpClientName = "doctor";

    public async Task<Finding> RunAsync(CancellationToken cancellationToken)
    {
        if (options.Value.PublicUrl is not { } url)
            return Note("It is not set: mails have no links, or links that work only on this "
                + "machine.", "Set LinkMonitor:PublicUrl once others read your alerts.");
        if (url.IsLoopback)
            return Note($"{url} is this machine: links in mails work only here.", "Set LinkMonitor:PublicUrl to an address that "
                + "readers of alerts can reach.");
        var health = new Uri(url.AbsoluteUri.TrimEnd('/') + "/health");
        try
        {
            using var client = clients.CreateClient(HttpClientName);
            using var answer = await client.GetAsync(health, cancellationToken);
            return await JudgeAsync(answer, health, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new Finding("public address", FindingState.Fails, $"{health} cannot be reached from here: "
                + $"{e.Message}", "Check that the service runs and that its name leads to it.");
        }
    }

    private static async Task<Finding> JudgeAsync(HttpResponseMessage answer, Uri health, CancellationToken cancellationToken)
    {
        var version = await VersionAsync(answer, cancellationToken);
        if (version == Product.Version)
            return new Finding("public address", FindingState.Ok, $"{health} answers.");
        return version is null
            ? new Finding("public address", FindingState.Fails, $"{health} answered {(int)answer.StatusCode}, but not as "
                + $"LinkMonitor does.", "Check where LinkMonitor:PublicUrl leads.")
            : Note($"{health} is LinkMonitor {version}; this is {Product.Version}.", "Update the older one.");
    }

    private static async Task<string?> VersionAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            var health = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            return health.ValueKind == JsonValueKind.Object && health.TryGetProperty("version", out var version)
                ? version.GetString()
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static Finding Note(string said, string toDo) => new("public address", FindingState.Note, said, toDo);
}

/// <summary>Registers what tries an installation.</summary>
internal static class DoctorServices
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    public static IServiceCollection AddDoctor(this IServiceCollection services)
    {
        services.AddHttpClient(AddressProbe.HttpClientName, client => client.Timeout = Deadline);
        return services.AddSingleton<NetworkProbe>().AddSingleton<MailProbe>().AddSingleton<AddressProbe>().AddSingleton<StorageProbe>();
    }
}

/// <summary>How a part of the installation is.</summary>
[JsonConverter(typeof(WireNameJsonConverter<FindingState>))]
internal enum FindingState
{
    /// <summary>It works.</summary>
    Ok,

    /// <summary>It works, but perhaps not as you want.</summary>
    Note,

    /// <summary>It does not work.</summary>
    Fails,
}

/// <summary>What was found of one part of the installation.</summary>
/// <param name="Part">For example <c>storage</c>.</param>
/// <param name="Said">What was tried and came of it, one sentence.</param>
/// <param name="ToDo">What to do; null for nothing.</param>
internal sealed record Finding(string Part, FindingState State, string Said, string? ToDo = null);

/// <summary>Tries the storage, by making what is missing and reading what waits.</summary>
internal sealed class StorageProbe(IServiceProvider services, Watch watch, HealthReport report)
{
    /// <param name="name">What the storage is called for people, without secrets.</param>
    public async Task<IReadOnlyList<Finding>> RunAsync(string name, CancellationToken cancellationToken)
    {
        if (await StorageStart.PrepareAsync(services, cancellationToken) is { } problem)
            return [new Finding("storage", FindingState.Fails, problem, "Nothing works until the storage does.")];
        var storage = new Finding("storage", FindingState.Ok, $"{name}: tables and queues are there.");
        try
        {
            return [storage, Queues(report.Of(await watch.ReadAsync(cancellationToken)))];
        }
        catch (StorageFailureException e)
        {
            return [
                storage,
                new Finding(
                    "queues",
                    FindingState.Fails,
                    $"What waits cannot be read: {e.Message}",
                    "Try again; check that the identity may read queues."),
            ];
        }
    }

    private static Finding Queues(HealthView health)
    {
        var messages = health.Queues.Sum(queue => queue.Messages);
        var waiting = string.Create(CultureInfo.InvariantCulture, $"{messages:N0} messages wait or are being processed");
        return health.Late.Count == 0
            ? new Finding("queues", FindingState.Ok, $"{waiting}; nothing is late.")
            : new Finding(
                "queues",
                FindingState.Note,
                $"{waiting}; late: {string.Join(", ", health.Late)}.",
                "If the service is not running, that is why: start it. Otherwise docs/operations.md says what each means.");
    }
}
