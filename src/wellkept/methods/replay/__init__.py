"""What a stock would have done: played on drawn demands, or on those that came."""

from wellkept.methods.replay.backtest import Backtest, backtest
from wellkept.methods.replay.chains import Chain, chain
from wellkept.methods.replay.played import Replayed
from wellkept.methods.replay.simulation import relive, simulate

__all__ = ["Backtest", "Chain", "Replayed", "backtest", "chain", "relive", "simulate"]
