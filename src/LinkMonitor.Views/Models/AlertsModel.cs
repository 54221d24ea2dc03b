namespace LinkMonitor.Views;

/// <summary>A project's changes, the newest first.</summary>
public sealed record ChangesModel(Frame Frame, IReadOnlyList<ChangeLine> Changes, Pager Pager);

/// <summary>What was reported to whom, the newest first.</summary>
public sealed record AlertsModel(Frame Frame, IReadOnlyList<AlertLine> Alerts, Pager Pager);

/// <summary>An alert as a row.</summary>
/// <param name="Kind">In words, for example <c>incident</c>.</param>
/// <param name="Delivered">How far its deliveries are, in words.</param>
/// <param name="IsGood">None failed.</param>
public sealed record AlertLine(Moment At, string Path, string Subject, string Kind, int Changes, string Delivered, bool IsGood);

/// <summary>One alert with its deliveries and the changes it reports.</summary>
public sealed record AlertDetailModel(
    Frame Frame, AlertLine Alert, IReadOnlyList<DeliveryLine> Deliveries, IReadOnlyList<ChangeLine> Changes, Pager Pager);

/// <summary>One recipient's copy.</summary>
/// <param name="State">In words, for example <c>sent</c>.</param>
public sealed record DeliveryLine(string Channel, string Recipient, string State, bool IsGood, int Attempts, Moment? LastAt, string? Error);

/// <summary>Where a project's alerts go.</summary>
/// <param name="NewChannel">The form for another; empty for viewers.</param>
/// <param name="Problems">What is wrong with the form beside its fields.</param>
public sealed record ChannelsModel(
    Frame Frame, IReadOnlyList<ChannelLine> Channels, IReadOnlyList<Field> NewChannel, IReadOnlyList<string> Problems);

/// <summary>A channel as a row.</summary>
/// <param name="Gets">What it gets and when, in words.</param>
/// <param name="Otherwise">The same where no topic is named, as a value of the choices.</param>
/// <param name="State">In words: <c>active</c>, <c>paused</c>, …</param>
/// <param name="Path">Its forms post below it.</param>
public sealed record ChannelLine(
    string Path, string Kind, string Address, string? Name, string Gets, string Otherwise, string State, bool IsActive, string? Why,
    bool CanPause)
{
    /// <summary>The version that was there when the page was made: a choice over another one is refused.</summary>
    public required string Shown { get; init; }

    /// <summary>What it may get, as the words of a form: the value and what it means for this channel.</summary>
    public required IReadOnlyList<(string Value, string Words)> Choices { get; init; }
}
