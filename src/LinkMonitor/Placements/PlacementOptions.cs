using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace LinkMonitor.Placements;

/// <summary>What is told of paid placements, and when.</summary>
public sealed class PlacementOptions
{
    public const string Section = "LinkMonitor:Placements";

    /// <summary>How many days before the end of a term people are reminded: 1 to 5 numbers of 1 to 365 with commas between. 7,2 by default.</summary>
    [Required]
    [RegularExpression(@"^\s*([1-9]|[1-9][0-9]|[12][0-9]{2}|3[0-5][0-9]|36[0-5])\s*(,\s*([1-9]|[1-9][0-9]|[12][0-9]{2}|3[0-5][0-9]|36[0-5])\s*){0,4}$",
        ErrorMessage = "1 to 5 numbers of 1 to 365 with commas between, for example 7,2.")]
    public string ReminderDays { get; set; } = "7,2";

    /// <summary><see cref="ReminderDays"/> as numbers.</summary>
    public IReadOnlyList<int> RemindBefore =>
        [.. ReminderDays.Split(',').Select(days => int.Parse(days, NumberStyles.Integer, CultureInfo.InvariantCulture)).Distinct()];
}
