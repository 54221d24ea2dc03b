using System.ComponentModel.DataAnnotations;
using LinkMonitor.Placements;

namespace LinkMonitor.Tests.Placements;

public sealed class PlacementOptionsTests
{
    [Theory]
    [InlineData("7,2", new[] { 7, 2 })]
    [InlineData(" 365 , 30,7,7", new[] { 365, 30, 7 })]
    [InlineData("1", new[] { 1 })]
    public void Days_are_read(string text, int[] days)
    {
        var options = new PlacementOptions { ReminderDays = text };

        Assert.True(IsValid(options));
        Assert.Equal(days, options.RemindBefore);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("366")]
    [InlineData("7;2")]
    [InlineData("7,")]
    [InlineData("1,2,3,4,5,6")]
    public void What_is_no_list_of_days_is_refused(string text) => Assert.False(IsValid(new PlacementOptions { ReminderDays = text }));

    private static bool IsValid(PlacementOptions options) =>
        Validator.TryValidateObject(options, new ValidationContext(options), null, validateAllProperties: true);
}
