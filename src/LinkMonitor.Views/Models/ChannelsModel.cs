namespace LinkMonitor.Views;

/// <summary>Where a project's alerts go.</summary>
/// <param name="NewChannel">The form for another; empty for viewers.</param>
/// <param name="Problems">What is wrong with the form beside its fields.</param>
public sealed record ChannelsModel(
    Frame Frame, IReadOnlyList<ChannelLine> Channels, IReadOnlyList<Field> NewChannel, IReadOnlyList<string> Problems);

/// <summary>A channel as a row.</summary>
/// <param name="Gets">What it gets and when, in words.</param>
/// <param name="State">In words: <c>active</c>, <c>paused</c>, …</param>
/// <param name="Path">Its forms post below it.</param>
public sealed record ChannelLine(
    string Path, string Kind, string Address, string? Name, string Gets, string State, bool IsActive, string? Why, bool CanPause);
