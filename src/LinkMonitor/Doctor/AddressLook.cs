using System.Text.Json;
using LinkMonitor.Api;
using LinkMonitor.Sharing;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Doctor;

/// <summary>Tries the public address: whether it leads to a LinkMonitor of this version.</summary>
internal sealed class AddressLook(IOptions<SharingOptions> options, IHttpClientFactory clients)
{
    public const string HttpClientName = "doctor";

    public async Task<Finding> LookAsync(CancellationToken cancellationToken)
    {
        if (options.Value.PublicUrl is not { } url)
            return Note("It is not set: links in mails lead to this machine, where only you can follow them, or there "
                + "are none.", "Set LinkMonitor:PublicUrl once others read your alerts.");
        if (url.IsLoopback)
            return Note($"{url} is this machine: only you can follow links in mails.", "Set LinkMonitor:PublicUrl to an address that "
                + "the readers of alerts reach.");
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
                + $"{e.Message}", "See that the service runs and that its name leads to it.");
        }
    }

    private static async Task<Finding> JudgeAsync(HttpResponseMessage answer, Uri health, CancellationToken cancellationToken)
    {
        var version = await VersionAsync(answer, cancellationToken);
        if (version == Product.Version)
            return new Finding("public address", FindingState.Ok, $"{health} answers.");
        return version is null
            ? new Finding("public address", FindingState.Fails, $"{health} answered {(int)answer.StatusCode}, but not as "
                + $"LinkMonitor does.", "See where LinkMonitor:PublicUrl leads.")
            : Note($"{health} is LinkMonitor {version}; this is {Product.Version}.", "Update the older one.");
    }

    private static async Task<string?> VersionAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            var health = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            return health.ValueKind == JsonValueKind.Object && health.TryGetProperty("version", out var version) ? version.GetString() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static Finding Note(string said, string toDo) => new("public address", FindingState.Note, said, toDo);
}
