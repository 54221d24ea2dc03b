using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Auditing;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Filtering;
using LinkMonitor.Snapshots;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.SavedViews;

/// <summary>A filter line under a name.</summary>
public sealed record ViewRequest : IRequestBody<ViewRequest>
{
    /// <summary>The most characters of a name.</summary>
    public const int MaxName = 60;

    static JsonTypeInfo<ViewRequest> IRequestBody<ViewRequest>.Shape => ViewJson.Default.ViewRequest;

    /// <summary>1 to 60 characters on one line, not that of another view; needed for a new view.</summary>
    public string? Name { get; init; }

    /// <summary>A filter line, not empty; needed for a new view.</summary>
    public string? Filter { get; init; }

    /// <summary>Whether everybody who sees the project sees it; false by default. Takes a key that may write.</summary>
    public bool? Shared { get; init; }

    /// <summary>What of its settings is another one.</summary>
    internal static FieldChanges Difference(SavedView before, SavedView after) =>
        FieldChanges.Between(Of(before), Of(after), ViewJson.Default.ViewRequest, ViewJson.Default.ViewRequest);

    private static ViewRequest Of(SavedView view) => new() { Name = view.Name, Filter = view.Line, Shared = view.IsShared };
}

/// <summary>Whose a view is.</summary>
[JsonConverter(typeof(WireNameJsonConverter<ViewKind>))]
public enum ViewKind
{
    /// <summary>Every project has it, and nobody can change it.</summary>
    BuiltIn,

    /// <summary>Everybody who sees the project sees it.</summary>
    Shared,

    /// <summary>Only the key that saved it sees it.</summary>
    Mine,
}

/// <summary>A view as the API shows it.</summary>
/// <param name="Filter">The filter line in its canonical spelling, for <c>?filter=</c> of the list of links.</param>
/// <param name="Count">How many links it finds now; null when the line cannot be read any more.</param>
/// <param name="By">Who saved it; null for a built-in one.</param>
/// <param name="Version">For <c>If-Match</c>; null for a built-in one.</param>
public sealed record NamedView(
    string Id, string Name, string Filter, ViewKind Kind, int? Count, string? By, DateTimeOffset? CreatedAt, string? Version)
{
    internal static NamedView Of(SavedView view, LinkListing listing) => new(
        view.Id, view.Name, view.Line, view.IsShared ? ViewKind.Shared : ViewKind.Mine,
        FilterParser.Read(view.Line).Line is { } line ? listing.Count(line) : null, view.By.Name, view.CreatedAt, view.Version);

    internal static NamedView Of(NamedLine view, LinkListing listing) =>
        new(view.Id, view.Name, view.Line.Text, ViewKind.BuiltIn, listing.Count(view.Line), null, null, null);
}

/// <summary>The JSON of the API for views.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ViewRequest))]
[JsonSerializable(typeof(NamedView))]
[JsonSerializable(typeof(SliceView<NamedView>))]
internal sealed partial class ViewJson : JsonSerializerContext;
